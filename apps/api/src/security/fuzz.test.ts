import { fuzzEveryProcedure } from '../testing/fuzz-suite.ts'

fuzzEveryProcedure(100)
