import { Button } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'
import { CodeBlock } from '@tallyforge/ui/CodeBlock'
import { Dialog } from '@tallyforge/ui/Dialog'
import { EmptyState } from '@tallyforge/ui/EmptyState'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { useState } from 'react'
import { toast } from 'sonner'
import { Specimen } from './Specimen.tsx'

/** What the product answers. */
export function Feedback() {
  const [shape, setShape] = useState<'box' | 'sheet' | null>(null)
  return (
    <>
      <Specimen name="Callout" note="Something to know or to do, in the flow of the page.">
        <div className="flex w-full max-w-xl flex-col gap-3">
          <Callout title="Nothing is charged for a hand edit">It goes through the same checks.</Callout>
          <Callout tone="good" title="Version 2 is ready">
            It builds, and its commands are registered.
          </Callout>
          <Callout
            tone="warn"
            title="420 tokens are missing"
            action={<Button size="sm">Lower the cap</Button>}
          >
            Set a lower spending cap or choose another model.
          </Callout>
          <Callout tone="bad" title="It did not start">
            The server does not answer. Your words are kept on this device.
          </Callout>
        </div>
      </Specimen>
      <Specimen name="Toast" note="What was done, with Undo where it can be undone.">
        <Button
          onClick={() =>
            toast('Archived “Word Count”', { action: { label: 'Undo', onClick: () => undefined } })
          }
        >
          Show a toast
        </Button>
        <Button onClick={() => toast.error('The server does not answer. Try again.')}>Show an error</Button>
      </Specimen>
      <Specimen name="Dialog and sheet" note="A question; something to read beside a table.">
        <Button onClick={() => setShape('box')}>Open dialog</Button>
        <Button onClick={() => setShape('sheet')}>Open sheet</Button>
        <Dialog
          isOpen={shape !== null}
          onClose={() => setShape(null)}
          shape={shape ?? 'box'}
          title="Rename plugin"
          description="The name in the editor stays, so that updates install over it."
        >
          <div className="flex justify-end gap-2">
            <Button onClick={() => setShape(null)}>Cancel</Button>
            <Button variant="primary" onClick={() => setShape(null)}>
              Rename
            </Button>
          </div>
        </Dialog>
      </Specimen>
      <Specimen name="Empty state" note="One sentence and one action.">
        <div className="w-full rounded-md border">
          <EmptyState title="Describe your first plugin" action={<Button variant="primary">Describe</Button>}>
            You watch it being written, and pay only if it builds.
          </EmptyState>
        </div>
      </Specimen>
      <Specimen name="Skeleton" note="In the shape of what comes.">
        <div className="flex w-64 flex-col gap-2">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-3 w-56" />
        </div>
      </Specimen>
      <Specimen name="Code block" note="A command to copy.">
        <CodeBlock code="code --install-extension word-count-0.0.2.vsix" label="Copy the command" />
      </Specimen>
    </>
  )
}
