import { config } from 'zod';

// The page's policy forbids to compile code from text. Schemas decide how they parse when they are made, so this
// module has to be loaded before any of the contract.
config({ jitless: true });
