# Start-up time is a feature: libcurl and its dozens of libraries are not linked in.
{ ldd "$COMPILER" || otool -L "$COMPILER"; } >libraries
test -s libraries
! grep curl libraries || exit 1
