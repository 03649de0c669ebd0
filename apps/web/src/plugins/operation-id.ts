import { createOperation } from '@tallyforge/client/operation-id'
import { useState } from 'react'

/** The operation ids of one kind of act in a component. */
export function useOperationId() {
  const [operation] = useState(createOperation)
  return operation
}
