/** Descriptions to begin with, for people who do not know yet what to ask for. */
export const examplePrompts = [
  {
    title: 'Sort lines by length',
    prompt:
      'Add a command "Sort lines by length" that sorts the selected lines, shortest first, and keeps the order of lines of equal length. Without a selection it sorts the whole file. Bind it to Ctrl+Alt+L.',
  },
  {
    title: 'Word count in the status bar',
    prompt:
      'Show the number of words of the open Markdown file in the status bar and update it while typing. When text is selected, count the selection. A click on it shows words, characters and reading time.',
  },
  {
    title: 'Collect TODO comments',
    prompt:
      'Add a view in the explorer that lists every TODO and FIXME comment of the workspace by file. A click opens the line. Let people choose the words to look for in a setting.',
  },
] as const
