import { ViewHeader } from '../frame/ViewHeader.tsx'
import { Examples } from '../prompt/Examples.tsx'
import { useNewPlugin } from '../prompt/new-plugin.ts'
import { PromptBox } from '../prompt/PromptBox.tsx'

/** A calm place for a longer description. */
export function CreateView() {
  const form = useNewPlugin()
  return (
    <>
      <ViewHeader title="New plugin" />
      <main className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto py-3">
        <div className="flex flex-col gap-2 px-3">
          <p className="text-muted">
            Describe a VS Code extension: its commands, when they run, what they change.
          </p>
          <PromptBox
            form={form}
            label="Describe the plugin"
            placeholder="Add a command that sorts the selected lines by length, shortest first…"
            height="high"
            hasFocus
          />
        </div>
        <Examples onChoose={(prompt) => form.change({ prompt })} />
      </main>
    </>
  )
}
