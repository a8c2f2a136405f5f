"""The entry of a folder of code."""
import helpers

if __name__ == "__main__":
    helpers.greet()
