"""The rules of the house, each as a function that gives the breaches it finds; empty means none."""
