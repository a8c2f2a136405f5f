"""Puts code that serves a model into the model's archive, in a SageMaker training job.

The model comes as a tar.gz in the channel `training`, the code in `source`, what the code needs beside it, if
anything, in `dependencies`. The result is what SageMaker packs as the job's model.tar.gz: the model's files, with
the code in code/, where serving images look for it, and its dependencies in code/lib/.
"""
import argparse
import pathlib
import shutil
import sys
import tarfile


class Refused(Exception):
    pass


def archive_in(channel):
    archives = sorted(channel.glob("*")) if channel.is_dir() else []
    if len(archives) != 1:
        raise Refused(f"the channel {channel.name} holds {len(archives)} files: one archive is wanted")
    return archives[0]


def check_member(member, folder):
    """Refuses what would end up, or point, outside of the folder, and what is neither file, folder nor link."""
    place = folder / member.name
    if member.issym():
        targets = [place, place.parent / member.linkname]
    else:
        targets = [place, folder / member.linkname] if member.islnk() else [place]
    # resolve() follows the links that are there already, so that nothing is written through one.
    if not all(target.resolve() == folder or folder in target.resolve().parents for target in targets):
        raise Refused(f"{member.name} leads out of the archive")
    if not (member.isfile() or member.isdir() or member.issym() or member.islnk()):
        raise Refused(f"{member.name} is no file, folder or link")


def extract(archive, folder):
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                check_member(member, folder)
                if not member.isdir():
                    (folder / member.name).unlink(missing_ok=True)
                tar.extract(member, folder, set_attrs=False)
                if member.isfile() and member.mode & 0o100:
                    (folder / member.name).chmod(0o755)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Refused(f"{archive.name} cannot be unpacked: {error}") from error


def repack(root, entry):
    channels = root / "input" / "data"
    model = root / "model"
    code = model / "code"
    extract(archive_in(channels / "training"), model)
    # Code from an earlier packing must not mix with this one's.
    if code.is_dir() and not code.is_symlink():
        shutil.rmtree(code)
    else:
        code.unlink(missing_ok=True)
    extract(archive_in(channels / "source"), code)
    if (channels / "dependencies").is_dir():
        extract(archive_in(channels / "dependencies"), code / "lib")
    if not (code / entry).is_file():
        raise Refused(f"{entry} is not in the archive of the code")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entry", required=True, help="the file of the code that serves")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path("/opt/ml"), help="where SageMaker's folders are")
    options = parser.parse_args()
    try:
        repack(options.root, options.entry)
    except Refused as refusal:
        output = options.root / "output"
        output.mkdir(parents=True, exist_ok=True)
        # SageMaker shows this file as the reason of the failure.
        (output / "failure").write_text(f"repack: {refusal}\n")
        print(f"repack: {refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
