import { Front, FrontTitle } from '../ui/Front.tsx'
import { SignInForm } from './SignInForm.tsx'

/** Once signed in, this address leads on to where one wanted to go. */
export default function SignInPage() {
  return (
    <Front>
      <FrontTitle title="Sign in">New here? An account comes with an invitation: ask somebody in your group for a link.</FrontTitle>
      <SignInForm />
    </Front>
  )
}
