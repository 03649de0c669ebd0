/** The model's words: paragraphs, **strong** and `code`. Plain text otherwise; never markup of its own. */
export function Prose({ text }: { text: string }) {
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
  return (
    <div className="flex flex-col gap-2.5 break-words text-sm">
      {paragraphs.map((paragraph, index) => (
        <p key={index} className="whitespace-pre-wrap">
          {paragraph.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map(inline)}
        </p>
      ))}
    </div>
  )
}

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
