import type { AppRouter } from '@tallyforge/api/router'
import type { inferRouterOutputs } from '@trpc/server'

/** What the procedures answer, by the words of the product. */
type Outputs = inferRouterOutputs<AppRouter>
export type Session = NonNullable<Outputs['auth']['session']>
export type Model = Outputs['models']['list']['models'][number]
export type Plugin = Outputs['plugins']['byId']
export type Generation = Outputs['plugins']['generations']['items'][number]
export type Quote = Outputs['plugins']['quote']
export type Version = Outputs['plugins']['versions']['items'][number]
export type VersionDetail = Outputs['plugins']['version']
export type Step = Generation['steps'][number]
export type FileDiff = Outputs['plugins']['diff'][number]
export type Balance = Outputs['tokens']['balance']
export type HistoryItem = Outputs['tokens']['history']['items'][number]
export type BurnDown = Outputs['tokens']['burnDown']
export type Receipt = Outputs['tokens']['receipt']
