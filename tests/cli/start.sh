# libcurl and the dozens of libraries that it needs are not linked in, because loading them would slow down every start.
{ ldd "$COMPILER" || otool -L "$COMPILER"; } >libraries
test -s libraries
! grep curl libraries || exit 1
