import { fuzzEveryProcedure } from '../testing/fuzz-suite.ts'

fuzzEveryProcedure(2_000)
