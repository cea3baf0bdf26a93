/**
 * Every run of the suite draws the same examples, so that it passes or fails for what was changed and not by luck.
 * `FAST_CHECK_SEED=$RANDOM` draws others; a failure names its seed.
 */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20260305) })
