import type { FieldValues, Resolver } from 'react-hook-form'

/** Validates a form by rules that come with its first validation: the page is painted without zod. */
export function lazyResolver<Values extends FieldValues, Output>(
  load: () => Promise<Resolver<Values, unknown, Output>>,
): Resolver<Values, unknown, Output> {
  return async (values, context, options) => (await load())(values, context, options)
}
