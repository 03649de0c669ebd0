import { createContext } from 'react'

/** Whether a page stands inside the frame, which then is what has the page's main part. */
export const InFrame = createContext(false)
