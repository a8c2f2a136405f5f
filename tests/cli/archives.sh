# An archive depends only on names and bytes: not on times, modes, the order of directory entries, time zones or locales.
make_project() { # FOLDER FILE...: makes the files in this order
	mkdir -p "$1/src/lib"
	cat >"$1/p.pipe" <<-'END'
	pipeline "P" { AssetLocation: "s3://bucket/assets" }
	step S: Fail { ErrorMessage: "${archive("src")} ${zip("src/")} ${folder("./src")} ${archive({ "src/main.py": file("src/main.py") })}" }
	END
	folder=$1
	shift
	for file; do printf 'the file %s\n' "$file" >"$folder/src/$file"; done
}
make_project one main.py lib/util.py "lib/é ö.txt" empty bootstrap
(umask 077 && make_project two bootstrap empty "lib/é ö.txt" lib/util.py main.py)
chmod 755 two/src/main.py
chmod 400 two/src/empty
touch -d '2001-02-03 04:05:06' two/src/main.py one/src/lib
mkdir -p two/src/__pycache__ two/src/.git two/src/lib/.ipynb_checkpoints
touch two/src/__pycache__/main.pyc two/src/.git/HEAD two/src/lib/.ipynb_checkpoints/x two/src/main.py~ two/src/.DS_Store two/src/p.pipe
(cd one && "$SAGEPIPEC" p.pipe >../first)
(cd two && TZ=Asia/Tokyo LC_ALL=C.UTF-8 OPENSSL_CONF=/nonexistent "$SAGEPIPEC" p.pipe >../second)
cmp first second
(cd one && "$SAGEPIPEC" --emit manifest p.pipe >../manifest)
(cd two && "$SAGEPIPEC" --emit manifest p.pipe | cmp - ../manifest)

# every name and every byte counts
for change in 'printf x >>main.py' 'mv empty void' 'mkdir more && mv main.py more' 'rm bootstrap'; do
	rm -rf three
	cp -r one three
	(cd three/src && eval "$change" && cd .. && sed 's/ ${archive({.*"/"/' ../one/p.pipe >p.pipe && "$SAGEPIPEC" p.pipe >../third)
	for part in tar.gz zip; do
		! grep -q "$(grep -o "[0-9a-f]\{64\}/src.$part" first)" third || { echo "$change: the same $part"; exit 1; }
	done
done

# a manifest lists the names, sizes and digests of the files in an archive
python3 - manifest <<'END'
import hashlib, json, sys
assets = {asset["kind"]: asset for asset in json.load(open(sys.argv[1]))["assets"] if asset.get("source")}
assert set(assets) == {"archive", "zip", "folder", "file"}, assets.keys()
names = ["bootstrap", "empty", "lib/util.py", "lib/é ö.txt", "main.py"]
for kind in ("archive", "zip", "folder"):
    asset = assets[kind]
    assert [file["name"] for file in asset["files"]] == names, asset
    for file in asset["files"]:
        content = open("one/" + file["source"], "rb").read()
        assert (file["size"], file["digest"]) == (len(content), hashlib.sha256(content).hexdigest()), file
listing = "".join(f"{file['digest']}  {file['name']}\n" for file in assets["folder"]["files"])
assert assets["folder"]["digest"] == hashlib.sha256(listing.encode()).hexdigest()
for asset in assets.values():
    assert asset["uri"].startswith(f"s3://bucket/assets/{asset['digest']}"), asset
END
