import { hex, readable } from '../colour.ts'
import { matchesAny } from '../keywords.ts'
import type { Json, Recipe } from '../recipe.ts'

type Palette = { name: string; hue: number; saturation: number; isLight: boolean }

const colour =
  'color$|colors$|colour|farb|couleur|cor$|cores$|colore|colori|colores|scur|oscur|escur|clar|chiar|dunk|hell$|helles'

/** Hues in degrees with the words that ask for them. */
const accents: readonly { name: string; hue: number; saturation: number; words: string }[] = [
  { name: 'Nord', hue: 213, saturation: 32, words: 'nord|nordic|arctic|arktisch' },
  {
    name: 'Purple',
    hue: 272,
    saturation: 70,
    words: 'purple|violet|lila|morad|roxo|viola|紫|фиолет|dracula|lavend',
  },
  { name: 'Pink', hue: 332, saturation: 75, words: 'pink|rosa$|rose$|magenta|粉|ピンク|розов' },
  { name: 'Red', hue: 356, saturation: 70, words: 'red$|rot$|rote|rouge|rojo|vermelh|rosso|红|赤|красн' },
  {
    name: 'Orange',
    hue: 26,
    saturation: 80,
    words: 'orange|naranj|laranj|arancion|橙|オレンジ|оранж|sunset|amber',
  },
  {
    name: 'Yellow',
    hue: 46,
    saturation: 75,
    words: 'yellow|gelb|jaune|amarill|amarel|giall|黄|желт|gold|solarized',
  },
  { name: 'Green', hue: 146, saturation: 50, words: 'green|grun|vert$|verde|绿|緑|зелен|forest|mint' },
  {
    name: 'Teal',
    hue: 182,
    saturation: 55,
    words: 'teal|turquoise|turkis|turques|turches|cyan|青绿|бирюз|ocean',
  },
  { name: 'Blue', hue: 216, saturation: 75, words: 'blue|blau|bleu|azul|blu$|蓝|青|синий|синя|синю|голуб' },
]

const light = 'light|hell$|helle|helles|clair|claro|clara|chiaro|chiara|浅色|亮色|明るい|ライト|светл'
const dark = 'dark|dunkel|dunkle|sombre|oscur|escur|scur|深色|暗色|暗い|ダーク|темн'

export const colourTheme: Recipe = {
  id: 'colour-theme',
  title: 'Colour Theme',
  summary: 'colours the editor, dark or light, around an accent you name',
  category: 'Themes',
  keywords: [
    'theme|themes|farbschema|farbthema|主题|配色|テーマ',
    'dark mode|dunkelmodus',
    `tema|temas|thema+${colour}`,
    'тема|тему|темы+темн|светл|цвет|редактор|оформлен',
    // A named accent belongs to the theme, so that "nord" or "purple" asks for nothing else.
    `~${accents.map((accent) => accent.words).join('|')}`,
  ],
  usage: ['Run “Preferences: Color Theme” and choose it.'],
  part: (request) => {
    const palette = paletteOf(request)
    const name = `${palette.name} ${palette.isLight ? 'Light' : 'Dark'}`
    const path = `themes/${name.toLowerCase().replaceAll(' ', '-')}.json`
    return {
      title: name,
      contributes: {
        themes: [{ label: name, uiTheme: palette.isLight ? 'vs' : 'vs-dark', path: `./${path}` }],
      },
      files: { [path]: `${JSON.stringify(theme(name, palette), null, 2)}\n` },
    }
  },
}

/** Whether a request names a colour or a brightness, so that it can ask for another theme. */
export function namesPalette(request: string): boolean {
  return [light, dark, ...accents.map((accent) => accent.words)].some((words) => matchesAny(request, words))
}

function paletteOf(request: string): Palette {
  const accent = accents.find(({ words }) => matchesAny(request, words)) ?? accents.at(-1)
  const { name = 'Blue', hue = 216, saturation = 75 } = accent ?? {}
  return { name, hue, saturation, isLight: matchesAny(request, light) }
}

function theme(name: string, palette: Palette): Json {
  return {
    $schema: 'vscode://schemas/color-theme',
    name,
    type: palette.isLight ? 'light' : 'dark',
    semanticHighlighting: true,
    colors: colours(palette),
    tokenColors: tokens(palette),
  }
}

function colours({ hue, saturation, isLight }: Palette): Record<string, string> {
  const tint = Math.min(22, saturation / 3)
  // Grey levels are written for a dark theme and mirrored for a light one.
  const grey = (lightness: number) => hex(hue, tint, isLight ? 100 - lightness * 0.82 : lightness)
  const text = hex(hue, tint, isLight ? 20 : 88)
  const soft = hex(hue, tint, isLight ? 38 : 66)
  const editor = isLight ? '#ffffff' : grey(13)
  const clear = (angle: number, strength: number) => readable(angle, strength, { ground: editor, isLight })
  const accent = clear(hue, saturation)
  const onAccent = isLight ? '#ffffff' : grey(9)
  const red = clear(356, 65)
  const yellow = clear(42, 70)
  const green = clear(142, 45)
  return {
    foreground: text,
    descriptionForeground: soft,
    disabledForeground: grey(45),
    errorForeground: red,
    focusBorder: accent,
    'icon.foreground': soft,
    'selection.background': `${accent}55`,
    'textLink.foreground': accent,
    'textLink.activeForeground': accent,
    'textBlockQuote.background': grey(16),
    'textCodeBlock.background': grey(16),
    'button.background': accent,
    'button.foreground': onAccent,
    'button.secondaryBackground': grey(24),
    'button.secondaryForeground': text,
    'badge.background': accent,
    'badge.foreground': onAccent,
    'progressBar.background': accent,
    'input.background': grey(17),
    'input.foreground': text,
    'input.border': grey(26),
    'input.placeholderForeground': soft,
    'dropdown.background': grey(17),
    'dropdown.foreground': text,
    'dropdown.border': grey(26),
    'checkbox.background': grey(17),
    'checkbox.border': grey(40),
    'scrollbarSlider.background': `${grey(50)}44`,
    'scrollbarSlider.hoverBackground': `${grey(50)}77`,
    'scrollbarSlider.activeBackground': `${grey(50)}aa`,
    'list.activeSelectionBackground': `${accent}33`,
    'list.activeSelectionForeground': text,
    'list.inactiveSelectionBackground': grey(20),
    'list.hoverBackground': grey(18),
    'list.focusOutline': accent,
    'list.highlightForeground': accent,
    'activityBar.background': grey(9),
    'activityBar.foreground': text,
    'activityBar.inactiveForeground': grey(50),
    'activityBar.activeBorder': accent,
    'activityBarBadge.background': accent,
    'activityBarBadge.foreground': onAccent,
    'sideBar.background': grey(11),
    'sideBar.foreground': soft,
    'sideBar.border': grey(18),
    'sideBarTitle.foreground': text,
    'sideBarSectionHeader.background': grey(11),
    'sideBarSectionHeader.foreground': text,
    'editorGroupHeader.tabsBackground': grey(11),
    'editorGroup.border': grey(20),
    'tab.activeBackground': editor,
    'tab.activeForeground': text,
    'tab.activeBorderTop': accent,
    'tab.inactiveBackground': grey(11),
    'tab.inactiveForeground': soft,
    'tab.border': grey(18),
    'editor.background': editor,
    'editor.foreground': text,
    'editorLineNumber.foreground': grey(42),
    'editorLineNumber.activeForeground': text,
    'editorCursor.foreground': accent,
    'editor.selectionBackground': `${accent}44`,
    'editor.inactiveSelectionBackground': `${accent}26`,
    'editor.wordHighlightBackground': `${accent}26`,
    'editor.wordHighlightStrongBackground': `${accent}3a`,
    'editor.findMatchBackground': `${yellow}77`,
    'editor.findMatchHighlightBackground': `${yellow}3a`,
    'editor.lineHighlightBackground': grey(16),
    'editorIndentGuide.background1': grey(22),
    'editorIndentGuide.activeBackground1': grey(38),
    'editorBracketMatch.background': `${accent}26`,
    'editorBracketMatch.border': accent,
    'editorError.foreground': red,
    'editorWarning.foreground': yellow,
    'editorInfo.foreground': accent,
    'editorGutter.addedBackground': green,
    'editorGutter.modifiedBackground': accent,
    'editorGutter.deletedBackground': red,
    'diffEditor.insertedTextBackground': `${green}26`,
    'diffEditor.removedTextBackground': `${red}26`,
    'editorWidget.background': grey(15),
    'editorWidget.border': grey(26),
    'editorSuggestWidget.selectedBackground': `${accent}33`,
    'editorHoverWidget.background': grey(15),
    'editorHoverWidget.border': grey(26),
    'peekViewEditor.background': grey(11),
    'peekViewResult.background': grey(15),
    'peekView.border': accent,
    'panel.background': grey(11),
    'panel.border': grey(20),
    'panelTitle.activeForeground': text,
    'panelTitle.activeBorder': accent,
    'panelTitle.inactiveForeground': soft,
    'statusBar.background': grey(9),
    'statusBar.foreground': soft,
    'statusBar.border': grey(18),
    'statusBar.debuggingBackground': yellow,
    'statusBar.debuggingForeground': isLight ? '#ffffff' : grey(9),
    'statusBar.noFolderBackground': grey(9),
    'statusBarItem.remoteBackground': accent,
    'statusBarItem.remoteForeground': onAccent,
    'titleBar.activeBackground': grey(9),
    'titleBar.activeForeground': text,
    'titleBar.inactiveBackground': grey(9),
    'titleBar.inactiveForeground': soft,
    'menu.background': grey(15),
    'menu.foreground': text,
    'menu.selectionBackground': `${accent}33`,
    'notifications.background': grey(15),
    'notifications.border': grey(26),
    'quickInput.background': grey(15),
    'gitDecoration.addedResourceForeground': green,
    'gitDecoration.modifiedResourceForeground': yellow,
    'gitDecoration.deletedResourceForeground': red,
    'gitDecoration.untrackedResourceForeground': green,
    'gitDecoration.ignoredResourceForeground': grey(42),
    'terminal.background': editor,
    'terminal.foreground': text,
    'terminal.ansiBlack': isLight ? hex(hue, tint, 20) : grey(24),
    'terminal.ansiRed': red,
    'terminal.ansiGreen': green,
    'terminal.ansiYellow': yellow,
    'terminal.ansiBlue': clear(216, 65),
    'terminal.ansiMagenta': clear(300, 45),
    'terminal.ansiCyan': clear(186, 50),
    'terminal.ansiWhite': isLight ? hex(hue, tint, 45) : text,
  }
}

function tokens({ hue, saturation, isLight }: Palette): Json[] {
  const ground = isLight ? '#ffffff' : hex(hue, 20, 13)
  const clear = (angle: number, strength: number) => readable(angle, strength, { ground, isLight })
  const shade = (turn: number) => clear(hue + turn, Math.min(70, saturation))
  const rule = (name: string, scope: string[], foreground: string, fontStyle?: string): Json => ({
    name,
    scope,
    settings: fontStyle === undefined ? { foreground } : { foreground, fontStyle },
  })
  const soft = hex(hue, 12, isLight ? 43 : 60)
  return [
    rule('Comments', ['comment', 'punctuation.definition.comment'], soft, 'italic'),
    rule('Keywords', ['keyword', 'storage.type', 'storage.modifier'], shade(0)),
    rule('Operators', ['keyword.operator', 'punctuation'], hex(hue, 14, isLight ? 36 : 72)),
    rule('Strings', ['string', 'markup.inline.raw'], shade(130)),
    rule('Numbers and constants', ['constant', 'support.constant'], shade(205)),
    rule('Functions', ['entity.name.function', 'support.function'], shade(40)),
    rule('Types', ['entity.name.type', 'entity.name.class', 'support.type', 'support.class'], shade(165)),
    rule('Variables', ['variable', 'meta.definition.variable'], hex(hue, 18, isLight ? 22 : 86)),
    rule('Parameters', ['variable.parameter'], shade(240), 'italic'),
    rule('Properties', ['variable.other.property', 'support.type.property-name'], shade(20)),
    rule('Tags', ['entity.name.tag'], shade(0)),
    rule('Attributes', ['entity.other.attribute-name'], shade(40)),
    rule('Regular expressions', ['string.regexp', 'constant.character.escape'], shade(285)),
    rule('Headings', ['markup.heading', 'entity.name.section'], shade(0), 'bold'),
    rule('Bold', ['markup.bold'], shade(205), 'bold'),
    rule('Italic', ['markup.italic'], shade(205), 'italic'),
    rule('Links', ['markup.underline.link'], shade(40), 'underline'),
    rule('Inserted', ['markup.inserted'], clear(142, 45)),
    rule('Deleted', ['markup.deleted'], clear(356, 65)),
    rule('Invalid', ['invalid'], clear(356, 65), 'underline'),
  ]
}
