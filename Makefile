# Bare `make` prints what can be made. MODE, INTERFACE and ARGS are for `make run`, PREFIX and DESTDIR for `make install`.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run demo build test lint check fuzz format model install bootstrap clean

MODE ?=
INTERFACE ?=
ARGS ?=
TARGET ?=
PREFIX ?= /usr/local
DESTDIR ?=

PROGRAMS := capture featurize classify mitigate report train imitate ward
RELEASE := .build/release
# Tests are built apart: they cannot be linked with the static standard library that the programs have.
TESTS := -c release --scratch-path .build-test
SOURCES := Package.swift Sources Tests

help: ## print this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: build ## watch the network and answer; Ctrl-C stops (MODE=enforce|observe|advise INTERFACE=eth0)
	@exec scripts/supervise start $(if $(MODE),--mode '$(MODE)') $(if $(INTERFACE),--interface '$(INTERFACE)') $(ARGS)

demo: build ## a hospital ward in network namespaces, attacked and defended; without root a replay
	@scripts/demo

build: bootstrap ## build the programs into .build/release
	swift build -c release --static-swift-stdlib

test: ## run the tests
	@scripts/bootstrap --tests
	swift build --build-tests $(TESTS)
	WARD_BIN="$$(swift build --show-bin-path $(TESTS))" scripts/run-tests $(TESTS)
	scripts/evaluate check-spoofed "$$(swift build --show-bin-path $(TESTS))"

lint: ## look for bad style and forbidden imports
	swift format lint --strict --parallel --recursive $(SOURCES)
	scripts/check-imports
	scripts/make-columns --check

check: ## all that must pass before a change is taken: lint and tests
	@scripts/bootstrap --tests
	@$(MAKE) --no-print-directory lint
	scripts/check-imports --self-test
	scripts/evaluate self-test
	@$(MAKE) --no-print-directory test

fuzz: ## fuzz the parsers under AddressSanitizer, half a minute each (TARGET=Packet for one)
	@scripts/bootstrap --tests
	scripts/fuzz $(TARGET)

format: ## put the sources into the house style
	swift format --in-place --parallel --recursive $(SOURCES)

model: build ## train the default model anew on imitated traffic; WARD_CAPTURES=DIR adds captures
	scripts/train-default

install: build ## install below PREFIX, by default /usr/local
	install -d '$(DESTDIR)$(PREFIX)/lib/ward' '$(DESTDIR)$(PREFIX)/bin'
	install -m 755 $(addprefix $(RELEASE)/,$(PROGRAMS)) scripts/supervise scripts/typst '$(DESTDIR)$(PREFIX)/lib/ward'
	install -m 644 scripts/ward.conf whitelist.txt Sources/classify/default.model '$(DESTDIR)$(PREFIX)/lib/ward'
	ln -sf ../lib/ward/ward '$(DESTDIR)$(PREFIX)/bin/ward'

bootstrap: ## install what is missing to build and run
	@scripts/bootstrap

clean: ## remove what was built; the spool stays
	rm -rf .build .build-test .build-fuzz
