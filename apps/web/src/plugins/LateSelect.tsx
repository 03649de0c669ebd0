import { ClosedSelect } from '@tallyforge/ui/ClosedSelect'
import { late } from '../frame/late.tsx'

/** A list that opens is much code, and nobody opens it before they see the page. */
export const Select = late(
  () => import('@tallyforge/ui/Select').then((select) => select.Select),
  ({ value, options, className }) => (
    <ClosedSelect
      text={options.find((option) => option.value === value)?.label ?? ''}
      className={className}
    />
  ),
)
