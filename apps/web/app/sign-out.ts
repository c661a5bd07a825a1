import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ProblemError } from '../api/problem';
import { useProblemWords } from '../pieces/problem-words';
import { useToast } from '../pieces/toast';
import { signOut } from './session';

/** Leaves for the page to sign in; says so where the session could not be ended. */
export function useSignOut(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const words = useProblemWords();
  const say = useToast();
  const leave = async (): Promise<void> => {
    try {
      await signOut(queries);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { what, todo } = words(error.problem);
      say(`${what} ${todo}`, 'bad');
      return;
    }
    await navigate({ to: '/sign-in' });
  };
  return () => void leave();
}
