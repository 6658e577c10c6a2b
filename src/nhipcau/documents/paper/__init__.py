"""What every paper of the desk is made with: the layout of Decree 30/2020, Word, typesetting, fonts. No Django here."""
