import { Input } from '@tallyforge/ui/Input'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'

/** Searches while typing, a moment after the last key. */
export function SearchBox({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(text)
  useEffect(() => setTyped(text), [text])
  useEffect(() => {
    if (typed.trim() === text) return
    const timer = setTimeout(() => onSearch(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed, text, onSearch])
  return (
    <div className="relative mb-1.5 w-40 sm:w-60">
      <Search size={14} className="absolute top-1/2 left-2.5 -translate-y-1/2 text-faint" aria-hidden />
      <Input
        type="search"
        aria-label="Search plugins"
        placeholder="Search"
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        className="h-8 pl-8 text-sm"
      />
    </div>
  )
}
