import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../data/deps.tsx';
import { Button } from '../ui/button.tsx';
import { Stripe } from '../ui/stripe.tsx';

/** Said above everything once a session has ended: the pages stay, and so does what is typed in them. */
export function SignInStripe() {
  const { t } = useLingui();
  const { session } = useDeps();
  if (session.status === 'signedIn') return null;
  return (
    <div role="status">
      <Stripe kind="amber" action={<Button variant="secondary" onPress={session.signIn}>{t`Sign in again`}</Button>}>
        {t`Your sign-in has run out. Sign in again; your changes stay here.`}
      </Stripe>
    </div>
  );
}
