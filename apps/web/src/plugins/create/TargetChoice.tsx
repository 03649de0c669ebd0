import { type Target, targets } from '@tallyforge/core/plugins/targets'
import { Segmented } from '@tallyforge/ui/Segmented'

const words: Record<Target, string> = { vscode: 'VS Code' }

/** What the plugin is made for. */
export function TargetChoice({ value, onChange }: { value: Target; onChange: (target: Target) => void }) {
  return (
    <Segmented
      label="Made for"
      value={value}
      options={targets.map((target) => ({ value: target, label: words[target] }))}
      onChange={onChange}
    />
  )
}
