import { Field } from '@tallyforge/ui/Field'
import { Input } from '@tallyforge/ui/Input'
import { type ComponentProps, type KeyboardEvent, useState } from 'react'

type PasswordFieldProps = ComponentProps<'input'> & {
  error?: string | undefined
  hint?: string
  autoComplete: 'current-password' | 'new-password'
}

/** A password that can be shown, and that says when caps lock is on. */
export function PasswordField({ error, hint, ...input }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false)
  const [hasCaps, setCaps] = useState(false)
  const readCaps = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'))
  return (
    <Field label="Password" error={error} hint={hasCaps ? 'Caps lock is on.' : hint}>
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
            aria-label={isShown ? 'Hide password' : 'Show password'}
            className="absolute inset-y-0 right-0 rounded-md px-3 text-muted text-sm hover:text-ink"
          >
            {isShown ? 'Hide' : 'Show'}
          </button>
        </div>
      )}
    </Field>
  )
}
