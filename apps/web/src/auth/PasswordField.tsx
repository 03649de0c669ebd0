import { Field } from '@tallyforge/ui/Field'
import { Input } from '@tallyforge/ui/Input'
import { type ComponentProps, type KeyboardEvent, useState } from 'react'

type PasswordFieldProps = ComponentProps<'input'> & {
  label?: string
  error?: string | undefined
  hint?: string
  autoComplete: 'current-password' | 'new-password'
}

/** A password that can be shown, and that says when caps lock is on. */
export function PasswordField({ label = 'Password', error, hint, ...input }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false)
  const [hasCaps, setCaps] = useState(false)
  const readCaps = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'))
  return (
    <Field label={label} error={error} hint={hasCaps ? 'Caps lock is on.' : hint}>
      {(control) => (
        <div className="relative">
          <Input
            {...control}
            {...input}
            type={isShown ? 'text' : 'password'}
            autoCapitalize="none"
            spellCheck={false}
            className="pr-16"
            onKeyDown={readCaps}
            onKeyUp={readCaps}
          />
          <button
            type="button"
            onClick={() => setShown(!isShown)}
            aria-pressed={isShown}
            aria-label={`${isShown ? 'Hide' : 'Show'} ${label.toLowerCase()}`}
            className="absolute inset-y-0 right-0 rounded-md px-3 text-muted text-sm hover:text-ink"
          >
            {isShown ? 'Hide' : 'Show'}
          </button>
        </div>
      )}
    </Field>
  )
}
