/** The steps that a version must pass before it is ready, in order. */
export const gateSteps = ['paths', 'manifest', 'imports', 'types', 'bundle', 'commands'] as const
export type GateStepName = (typeof gateSteps)[number]

/** One thing the gate has to say, as a person and as the model's repair prompt read it. Lines and columns count from 1. */
export type GateMessage = { text: string; path?: string; line?: number; column?: number }

export type GateStepResult = {
  step: GateStepName
  status: 'passed' | 'failed'
  durationMs: number
  messages: GateMessage[]
}

/** What a plugin can do on the machine that installs it, read from its imports and calls. */
export type Capabilities = { network: boolean; processes: boolean; files: boolean; details: string[] }

/** What people see of a plugin before they install it. */
export type PluginSummary = {
  displayName: string
  description: string
  /** `isHidden`: a menu or a key leads to it, and the Command Palette does not show it. */
  commands: { command: string; title: string; isHidden?: boolean | undefined }[]
  keybindings: { command: string; key: string }[]
  settings: { key: string; description: string; default: string }[]
  contributes: string[]
  capabilities: Capabilities
}
