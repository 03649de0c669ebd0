import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cn } from './cn.tsx'
import { Input } from './Input.tsx'

type SearchFieldProps = {
  label: string
  /** What is searched for now: the field follows it when it changes elsewhere. */
  text: string
  /** Called with the trimmed text a moment after the last key. */
  onSearch: (text: string) => void
  className?: string
}

/** Searches while typing. */
export function SearchField({ label, text, onSearch, className }: SearchFieldProps) {
  const [typed, setTyped] = useState(text)
  useEffect(() => setTyped(text), [text])
  useEffect(() => {
    if (typed.trim() === text) return
    const timer = setTimeout(() => onSearch(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed, text, onSearch])
  return (
    <div className={cn('relative', className)}>
      <Search size={14} className="absolute top-1/2 left-2.5 -translate-y-1/2 text-faint" aria-hidden />
      <Input
        type="search"
        aria-label={label}
        placeholder="Search"
        dir="auto"
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        className="h-8 pl-8 text-sm pointer-coarse:h-10"
      />
    </div>
  )
}
