import { z } from 'zod'
import { checkCommandId } from './command-ids.ts'

// Items are loose where VS Code knows many harmless keys, and strict where an unknown one would mean that something else is run or
// fetched: at the top and in the list of contribution points. Texts, paths and links inside are judged apart, for all items alike.

const label = z.string().trim().min(1).max(200)
const longText = z.string().max(4000)
const when = z.string().max(1000)
const icon = z.union([
  z.string().max(200),
  z.strictObject({ light: z.string().max(200), dark: z.string().max(200) }),
])
const filePath = z.string().min(1).max(210)
const list = <T extends z.ZodType>(item: T) => z.array(item).max(200)
const ownCommandId = z.string().superRefine((id, context) => {
  const reason = checkCommandId(id)
  if (reason) context.addIssue({ code: 'custom', message: reason })
})

const command = z.looseObject({
  command: ownCommandId,
  title: label,
  shortTitle: label.optional(),
  category: label.optional(),
  icon: icon.optional(),
  enablement: when.optional(),
})
const key = z.string().max(100)
const keybinding = z.looseObject({
  command: z.string().max(100),
  key,
  mac: key.optional(),
  linux: key.optional(),
  win: key.optional(),
  when: when.optional(),
})
const menuItem = z.looseObject({
  command: z.string().max(100).optional(),
  alt: z.string().max(100).optional(),
  submenu: z.string().max(100).optional(),
  when: when.optional(),
  group: z.string().max(100).optional(),
})
const settingKey = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,149}$/, 'Name settings like myPlugin.maxLength.')
const setting = z.looseObject({
  default: z.json().optional(),
  description: longText.optional(),
  markdownDescription: longText.optional(),
})
const configuration = z.looseObject({ title: label.optional(), properties: z.record(settingKey, setting) })

/** Defaults of other settings could switch off safety (workspace trust, terminals, updates); these cannot. */
const defaultsKey = z
  .string()
  .regex(
    /^(?:\[[\w.+#-]+\])+$|^editor\.[\w.]+$/,
    'Only [language] blocks and editor.* settings can get other defaults.',
  )
const view = z.looseObject({
  id: z.string().min(1).max(100),
  name: label,
  icon: z.string().max(200).optional(),
  when: when.optional(),
})
const viewsContainer = z.looseObject({
  id: z.string().regex(/^[\w-]{1,100}$/),
  title: label,
  icon: z.string().max(200),
})
const iconTheme = z.looseObject({ id: z.string().min(1).max(100), label, path: filePath })

const contributes = z.strictObject({
  commands: list(command).optional(),
  keybindings: z.union([list(keybinding), keybinding.transform((one) => [one])]).optional(),
  menus: z.record(z.string().max(100), list(menuItem)).optional(),
  submenus: list(z.looseObject({ id: z.string().min(1).max(100), label, icon: icon.optional() })).optional(),
  configuration: z.union([list(configuration), configuration.transform((one) => [one])]).optional(),
  configurationDefaults: z.record(defaultsKey, z.json()).optional(),
  views: z.record(z.string().max(100), list(view)).optional(),
  viewsContainers: z
    .strictObject({ activitybar: list(viewsContainer).optional(), panel: list(viewsContainer).optional() })
    .optional(),
  viewsWelcome: list(
    z.looseObject({ view: z.string().max(100), contents: longText, when: when.optional() }),
  ).optional(),
  themes: list(
    z.looseObject({ label, uiTheme: z.enum(['vs', 'vs-dark', 'hc-black', 'hc-light']), path: filePath }),
  ).optional(),
  iconThemes: list(iconTheme).optional(),
  productIconThemes: list(iconTheme).optional(),
  snippets: list(z.looseObject({ language: z.string().max(100).optional(), path: filePath })).optional(),
  grammars: list(
    z.looseObject({
      language: z.string().max(100).optional(),
      scopeName: z.string().min(1).max(200),
      path: filePath,
    }),
  ).optional(),
  languages: list(
    z.looseObject({
      id: z.string().min(1).max(100),
      configuration: filePath.optional(),
      icon: z.strictObject({ light: filePath, dark: filePath }).optional(),
    }),
  ).optional(),
  colors: list(z.looseObject({ id: z.string().min(1).max(100), description: label })).optional(),
  walkthroughs: list(
    z.looseObject({
      id: z.string().min(1).max(100),
      title: label,
      description: longText,
      steps: list(
        z.looseObject({ id: z.string().min(1).max(100), title: label, description: longText.optional() }),
      ),
    }),
  ).optional(),
  taskDefinitions: list(z.looseObject({ type: z.string().min(1).max(100) })).optional(),
  problemMatchers: list(z.looseObject({ name: z.string().max(100).optional() })).optional(),
  problemPatterns: list(z.looseObject({ name: z.string().max(100).optional() })).optional(),
  jsonValidation: list(
    z.strictObject({ fileMatch: z.union([z.string(), z.array(z.string())]), url: filePath }),
  ).optional(),
  customEditors: list(
    z.looseObject({
      viewType: z.string().min(1).max(100),
      displayName: label,
      selector: z.array(z.looseObject({})),
    }),
  ).optional(),
})

const activationEvent = z
  .string()
  .regex(
    /^(?:onStartupFinished|onUri|on[A-Z][A-Za-z]+:[^\s]{1,200}|workspaceContains:[^\s]{1,200})$/,
    'Use events such as onStartupFinished, onLanguage:json or onView:myPlugin.view ("*" would slow every start).',
  )

/** What a model may say in package.json. The platform's own fields are accepted and dropped. */
export const manifestSchema = z.strictObject({
  displayName: z.string().trim().min(1).max(100),
  description: z.string().trim().min(1).max(500),
  categories: z.array(z.string().max(50)).max(10).default([]),
  keywords: z.array(z.string().max(50)).max(20).default([]),
  activationEvents: z.array(activationEvent).max(50).default([]),
  contributes: contributes.default({}),
})

/** What the model's package.json says, after the schema: single keybindings and configurations are lists of one. */
export type ManifestFields = z.infer<typeof manifestSchema>
export type Contributes = ManifestFields['contributes']
