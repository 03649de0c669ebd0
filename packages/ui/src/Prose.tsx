/** The model's words: paragraphs, lists, **strong** and `code`. Plain text otherwise; never markup of its own. */
export function Prose({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-2.5 break-words text-sm">
      {blocksOf(text).map(({ marker, lines }, index) => {
        if (marker === null) {
          return (
            <p key={index} className="whitespace-pre-wrap">
              {inlines(lines.join('\n'))}
            </p>
          )
        }
        const List = marker === 'bullet' ? 'ul' : 'ol'
        return (
          <List key={index} className={listStyles[marker]}>
            {lines.map((line, position) => (
              <li key={position} className="whitespace-pre-wrap">
                {inlines(line)}
              </li>
            ))}
          </List>
        )
      })}
    </div>
  )
}

const listStyles = {
  bullet: 'flex list-disc flex-col gap-1 pl-4.5 marker:text-faint',
  number: 'flex list-decimal flex-col gap-1 pl-5.5 marker:text-faint',
} as const

type Block = { marker: keyof typeof listStyles | null; lines: string[] }

/** Lines that begin with `-`, `*` or `1.` are points of a list; what is indented under a point belongs to it. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let isApart = true
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      isApart = true
      continue
    }
    const point = /^\s*(?:[-*]|(?<number>\d+[.)]))\s+(?<rest>.*)/.exec(line)?.groups
    const last = blocks.at(-1)
    const marker = point ? markerOf(point.number) : null
    if (point && last?.marker === marker) last.lines.push(point.rest ?? '')
    else if (point || last === undefined || isApart)
      blocks.push({ marker, lines: [point?.rest ?? line.trim()] })
    else if (last.marker !== null) last.lines.push(`${last.lines.pop() ?? ''}\n${line.trim()}`)
    else last.lines.push(line)
    isApart = false
  }
  return blocks
}

const markerOf = (number: string | undefined) => (number === undefined ? 'bullet' : 'number')

const inlines = (text: string) => text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map(inline)

function inline(part: string, index: number) {
  if (part.startsWith('**') && part.length > 4) {
    return (
      <strong key={index} className="font-medium">
        {part.slice(2, -2)}
      </strong>
    )
  }
  if (part.startsWith('`') && part.length > 2) {
    return (
      <code key={index} className="rounded-sm bg-sunken px-1 font-mono text-xs">
        {part.slice(1, -1)}
      </code>
    )
  }
  return part
}
