import { useState } from 'react'
import { useMediaQuery } from '../../frame/media-query.ts'

export type DiffStyle = 'unified' | 'split'

const key = 'diff-style'
const stored = (): DiffStyle => (localStorage.getItem(key) === 'split' ? 'split' : 'unified')

/** How changes are laid out, kept on this device. Two columns need a wide screen. */
export function useDiffStyle() {
  const [chosen, setChosen] = useState(stored)
  const hasRoom = useMediaQuery('(min-width: 768px)')
  return {
    style: hasRoom ? chosen : 'unified',
    hasRoom,
    choose: (next: DiffStyle) => {
      localStorage.setItem(key, next)
      setChosen(next)
    },
  }
}
