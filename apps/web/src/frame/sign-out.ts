import { useRouter } from '@tanstack/react-router'
import { queryClient, trpc } from '../trpc.ts'

/** Ends this session and forgets everything of this person. */
export function useSignOut() {
  const router = useRouter()
  const { mutate } = trpc.auth.signOut.useMutation({
    onSuccess: async () => {
      await router.navigate({ to: '/' })
      // Nothing of this person stays in memory for the next one.
      queryClient.clear()
    },
  })
  return () => mutate()
}
