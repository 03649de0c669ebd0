/** Everything that floats: the only things with a shadow. */
export const floatStyles =
  'origin-(--transform-origin) rounded-md border border-line-strong bg-surface text-ink shadow-float outline-none transition-[opacity,scale] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0'
