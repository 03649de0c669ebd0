import { useEffect } from 'react'

/** What the tab says of the page, and whether a generation runs: of the whole document, so kept outside of React. */
const tab = { title: '', isRunning: false }

function showTab() {
  const name = tab.title === '' ? 'Tallyforge' : `${tab.title} · Tallyforge`
  document.title = tab.isRunning ? `● ${name}` : name
  const icon = tab.isRunning ? '/icon-running.svg' : '/icon.svg'
  document.querySelector('link[rel=icon]')?.setAttribute('href', icon)
}

/** Names the page in the tab and in the history. */
export function usePageTitle(title: string) {
  useEffect(() => {
    tab.title = title
    showTab()
  }, [title])
}

/** Marks the tab's title and icon while a generation runs, so that one sees it from another tab. */
export function useRunningMark(isRunning: boolean) {
  useEffect(() => {
    tab.isRunning = isRunning
    showTab()
    return () => {
      tab.isRunning = false
      showTab()
    }
  }, [isRunning])
}
