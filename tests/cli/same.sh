# The same sources and options give the same bytes, whatever the environment and the folder.
cp -R "$SRCDIR"/samples/abalone/* "$SRCDIR"/tests/conformance/B02*.pipe .
chmod -R u+w .
for program in *.pipe; do
	"$SAGEPIPEC" "$program" >once
	(cd / && env -i LC_ALL=C.UTF-8 TZ=Asia/Tokyo AWS_REGION=eu-west-1 HOME=/nowhere \
		"$SAGEPIPEC" --stdin-filename "$OLDPWD/$program" - <"$OLDPWD/$program") >twice
	cmp once twice
done
