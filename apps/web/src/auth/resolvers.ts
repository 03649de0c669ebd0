import { zodResolver } from '@hookform/resolvers/zod'
import { changePasswordInput, profileInput, signInInput, signUpInput } from '@tallyforge/core/inputs/auth'

// The same rules as the API's. Loaded by lazyResolver, never by a page itself.
export const signIn = zodResolver(signInInput)
export const signUp = zodResolver(signUpInput)
export const profile = zodResolver(profileInput)
export const changePassword = zodResolver(changePasswordInput)
