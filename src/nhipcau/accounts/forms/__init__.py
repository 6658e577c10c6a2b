from nhipcau.accounts.forms.sign_in import ProofForm, SecondFactorForm, UsedOnce

__all__ = ["ProofForm", "SecondFactorForm", "UsedOnce"]
