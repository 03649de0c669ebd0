import { type ComponentType, lazy, Suspense } from 'react'

const Nothing = () => null

/**
 * A part that nobody needs to see a page: its code comes once the browser has nothing else to do. Until then, and should it
 * never come, `Place` stands there; the frame then offers to load the page again.
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Place: ComponentType<Props> = Nothing,
): ComponentType<Props> {
  const Part = lazy(() =>
    untilIdle()
      .then(load)
      .then(
        (Loaded) => ({ default: (props: Props) => <Loaded {...props} /> }),
        () => ({ default: (props: Props) => <Place {...props} /> }),
      ),
  )
  return function Late(props: Props) {
    return (
      <Suspense fallback={<Place {...props} />}>
        <Part {...props} />
      </Suspense>
    )
  }
}

function untilIdle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no idle time to ask for.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 1_000 })
    else setTimeout(resolve, 200)
  })
}
