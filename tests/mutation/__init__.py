"""Every line of the policy changed in turn, to see whether a test notices: what is behind `script/mutate`."""
