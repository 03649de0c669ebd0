import { ClosedSelect } from '@tallyforge/ui/ClosedSelect'
import { late } from './late.tsx'

// What opens is much code, and nobody opens it before they see the page.

export const Select = late(
  () => import('@tallyforge/ui/Select').then((select) => select.Select),
  ({ value, options, className }) => (
    <ClosedSelect
      text={options.find((option) => option.value === value)?.label ?? ''}
      className={className}
    />
  ),
)

export const Combobox = late(
  () => import('@tallyforge/ui/Combobox').then((combobox) => combobox.Combobox),
  ({ value, options, placeholder = 'Choose', className }) => (
    <ClosedSelect
      text={options.find((option) => option.value === value)?.label ?? placeholder}
      className={className}
    />
  ),
)

export const Dialog = late(() => import('@tallyforge/ui/Dialog').then((dialog) => dialog.Dialog))
