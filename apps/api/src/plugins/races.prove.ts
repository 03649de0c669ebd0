import { proveRaces } from '../testing/race-suite.ts'

proveRaces({ twins: 50, rounds: 150 })
