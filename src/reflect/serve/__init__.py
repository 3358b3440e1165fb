"""The app in a browser: a small server on this computer only, and one process of the app for each tab."""
