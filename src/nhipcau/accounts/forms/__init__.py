from nhipcau.accounts.forms.sign_in import (
    NewKeyForm,
    ProofForm,
    ProofKeyForm,
    SecondFactorForm,
    SecondKeyForm,
    SignInKeyForm,
)

__all__ = ["NewKeyForm", "ProofForm", "ProofKeyForm", "SecondFactorForm", "SecondKeyForm", "SignInKeyForm"]
