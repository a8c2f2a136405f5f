#!/bin/sh
pip install --quiet pandas
