# Start-up time is a feature: libcurl and its dozens of libraries are not linked in.
! ldd "$SAGEPIPEC" | grep curl
