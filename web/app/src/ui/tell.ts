// Waits for a change and says at the foot of the page why it did not come into force.

import { useProblemWords } from '../words/problem';
import { useSay } from './Notice';

/**
 * What follows a success runs even when the change has taken away the very thing that asked for it:
 * a removed line, for example.
 */
export function useTell() {
  const say = useSay();
  const words = useProblemWords();
  return async (change: Promise<unknown>, done: () => void): Promise<boolean> => {
    try {
      await change;
    } catch (problem) {
      say(words.of(problem), 'bad');
      return false;
    }
    done();
    return true;
  };
}
