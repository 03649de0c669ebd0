import { shiftMonth } from '@tallyforge/core/tokens/burn-down'
import { IconButton } from '@tallyforge/ui/IconButton'
import { getRouteApi } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { monthText } from './utc-days.ts'

const route = getRouteApi('/$org/tokens')

type MonthSwitchProps = { month: string; running: string; firstMonth: string | undefined }

/** To the month before and the one after: from the first with an entry to the one that runs. */
export function MonthSwitch({ month, running, firstMonth }: MonthSwitchProps) {
  const navigate = route.useNavigate()
  const go = (next: string) =>
    void navigate({
      search: (search) => ({ ...search, month: next === running ? undefined : next }),
      resetScroll: false,
    })
  const [before, after] = [shiftMonth(month, -1), shiftMonth(month, 1)]
  return (
    <div className="-mr-1.5 flex items-center">
      <IconButton
        label={`Previous month: ${monthText(before)}`}
        disabled={firstMonth === undefined || before < firstMonth}
        onClick={() => go(before < running ? before : running)}
      >
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <span aria-live="polite" className="min-w-32 text-center text-sm">
        {monthText(month)}
      </span>
      <IconButton
        label={`Next month: ${monthText(after)}`}
        disabled={after > running}
        onClick={() => go(firstMonth !== undefined && after < firstMonth ? firstMonth : after)}
      >
        <ChevronRight size={16} aria-hidden />
      </IconButton>
    </div>
  )
}
