import { proveRaces } from '../testing/race-suite.ts'

proveRaces({ twins: 200, rounds: 150 })
