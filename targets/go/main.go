// A small honest manifest on S3 (AWS SDK for Go) that speaks the protocol of targets: a page to copy from. The protocol is
// here, the manifest in manifest.go.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

var ops = []string{"open", "begin", "get", "scan", "put", "delete", "commit", "end", "recover"}

type request struct {
	ID     int    `json:"id"`
	Op     string `json:"op"`
	Mode   string `json:"mode"`
	Key    string `json:"key"`
	Value  string `json:"value"`
	Prefix string `json:"prefix"`
}

type object = map[string]any

func main() {
	settings, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		panic(err)
	}
	client := s3.NewFromConfig(settings, func(o *s3.Options) {
		o.BaseEndpoint = aws.String(os.Getenv("MANIFEST_ENDPOINT"))
		o.UsePathStyle = true
		// One attempt a call: a retry inside the SDK would meet its own object and call it a lost race.
		o.Retryer = aws.NopRetryer{}
	})
	manifest := newManifest(client, os.Getenv("MANIFEST_PREFIX"))
	say(object{"ready": object{"protocol": 1, "name": "go", "ops": ops}})
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var r request
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			panic(err)
		}
		if r.Op == "open" {
			manifest = newManifest(client, r.Prefix)
			say(object{"id": r.ID, "ok": object{}})
			continue
		}
		body, err := perform(manifest, r)
		var failed *answer
		switch {
		case err == nil:
			say(object{"id": r.ID, "ok": body})
		case errors.As(err, &failed):
			say(object{"id": r.ID, failed.kind: object{"error": failed.word, "message": failed.message}})
		default:
			panic(err)
		}
	}
}

func perform(m *manifest, r request) (object, error) {
	switch r.Op {
	case "begin":
		return object{}, m.begin(r.Mode == "write")
	case "recover":
		_, err := m.help()
		return object{}, err
	case "end":
		m.session = nil
		return object{}, nil
	}
	if m.session == nil {
		return nil, &answer{"fail", "no-session", "no session is open"}
	}
	switch r.Op {
	case "put":
		m.session.staged = append(m.session.staged, record{r.Key, "Put", &r.Value})
	case "delete":
		m.session.staged = append(m.session.staged, record{r.Key, "Del", nil})
	case "commit":
		return m.commit()
	case "get":
		state, err := m.state()
		if value, found := state[r.Key]; found {
			return object{"value": value}, err
		}
		return object{"value": nil}, err
	case "scan":
		state, err := m.state()
		entries := [][2]string{}
		for key, value := range state {
			entries = append(entries, [2]string{key, value})
		}
		return object{"entries": entries}, err
	}
	return object{}, nil
}

func say(line object) {
	text, err := json.Marshal(line)
	if err != nil {
		panic(err)
	}
	os.Stdout.Write(append(text, '\n'))
}
